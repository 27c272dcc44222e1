export interface HistogramRange {
  min: number;
  max: number;
  count: number;
}

/** An event of TensorBoard's, as far as tests look at it. */
export interface ReadEvent {
  step: number;
  values: {
    tag: string;
    scalar?: number;
    histogram?: HistogramRange;
    png?: Uint8Array;
    width?: number;
    height?: number;
  }[];
}

/** Reads a file of events. Its checksums are for the fixture to prove. */
export function readEvents(file: Uint8Array): ReadEvent[] {
  const events: ReadEvent[] = [];
  for (let offset = 0; offset < file.length; ) {
    const length = Number(viewOf(file).getBigUint64(offset, true));
    events.push(readEvent(file.subarray(offset + 12, offset + 12 + length)));
    offset += 16 + length;
  }
  return events;
}

function readEvent(bytes: Uint8Array): ReadEvent {
  const fields = readFields(bytes);
  const summary = fields.find(({ field }) => field === 5)?.bytes ?? new Uint8Array();
  const values = readFields(summary).map((value) => readValue(readFields(value.bytes)));
  return { step: fields.find(({ field }) => field === 2)?.number ?? 0, values };
}

function readValue(fields: Field[]): ReadEvent['values'][number] {
  const bytesOf = (wanted: number) => fields.find(({ field }) => field === wanted)?.bytes;
  const value: ReadEvent['values'][number] = { tag: new TextDecoder().decode(bytesOf(1)) };
  const [scalar, picture, histogram] = [bytesOf(2), bytesOf(4), bytesOf(5)];
  if (scalar) value.scalar = viewOf(scalar).getFloat32(0, true);
  if (histogram) value.histogram = readRange(readFields(histogram));
  for (const { field, number, bytes } of picture ? readFields(picture) : []) {
    if (field === 1) value.height = number;
    if (field === 2) value.width = number;
    if (field === 4) value.png = bytes;
  }
  return value;
}

function readRange(fields: Field[]): HistogramRange {
  const [min, max, count] = [1, 2, 3].map((wanted) => {
    const bytes = fields.find(({ field }) => field === wanted)?.bytes;
    return bytes ? viewOf(bytes).getFloat64(0, true) : 0; // a zero is not written
  }) as [number, number, number];
  return { min, max, count };
}

interface Field {
  field: number;
  /** of a varint */
  number: number;
  /** of everything else */
  bytes: Uint8Array;
}

/** The fields of a protobuf message: https://protobuf.dev/programming-guides/encoding */
function readFields(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let offset = 0;
  const readVarint = () => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = message[offset++] as number;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (offset < message.length) {
    const tag = readVarint();
    const kind = tag & 7;
    const number = kind === 0 || kind === 2 ? readVarint() : 0;
    const length = { 0: 0, 1: 8, 2: number, 5: 4 }[kind] as number;
    fields.push({ field: tag >> 3, number, bytes: message.subarray(offset, offset + length) });
    offset += length;
  }
  return fields;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
