import { expect, test } from 'vitest';
import { listDevices, readDevices } from '../../../src/backend/native/devices.js';
import { selectBackend } from '../../../src/backend/select.js';
import { nativeTest } from '../../helpers/native.js';

// As TensorFlow 2.21 writes it; the second as it does where it sees a GPU.
const refusal = (devices: string) =>
  `Failed to load SavedModel: Cannot assign a device for operation x: {{node x}} was explicitly assigned to /device:NONE:0 but available devices are [ ${devices} ]. Make sure the device specification refers to a valid device.\n\t [[x]]`;
const task = '/job:localhost/replica:0/task:0';

test('the devices are read out of what TensorFlow says of one that is not there', () => {
  expect(readDevices(refusal(`${task}/device:CPU:0`))).toEqual(['CPU:0']);
  expect(readDevices(refusal(`${task}/device:CPU:0, ${task}/device:GPU:0, ${task}/device:GPU:1`))).toEqual([
    ...['CPU:0', 'GPU:0', 'GPU:1'],
  ]);
  expect(readDevices('Failed to load SavedModel: no such file')).toEqual([]);
});

nativeTest('this TensorFlow has a processor', async () => {
  await selectBackend('native');
  expect(listDevices()).toContain('CPU:0');
});
