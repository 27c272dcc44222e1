import { expect, test } from 'vitest';
import type { LayerDefinition } from '../../../src/formats/network-definition.js';
import { functional, input, layer, read } from './networks.js';

const conv = { filters: 4, kernel_size: [3, 3] };
const one = (kind: string, config: object) =>
  functional('net', [input(), layer('x', kind, config, [['in', 0, 0]])], 'x');
const find = (model: unknown, address: string, version?: string) =>
  read(model, version).layers.find((found) => found.address === address) as LayerDefinition;

test('what no one knows is ignored where it changes nothing', () => {
  const config = { ...conv, strides: [1, 1], groups: 1, ragged: false, spectral: null, fancy: false };
  const depthwise = { kernel_size: [3, 3], groups: 1, kernel_initializer: { class_name: 'Zeros' }, filters: null };
  expect(find(one('Conv2D', config), 'x').config).toEqual({ ...conv, strides: [1, 1], groups: 1 });
  expect(find(one('DepthwiseConv2D', depthwise), 'x').config).toEqual({ kernel_size: [3, 3] });
  expect(find(one('Dropout', { rate: 0.5, whatever: 7 }), 'x').kind).toBe('Dropout');
});

test('else the layer, the key and the value are named', () => {
  expect(() => read(one('DepthwiseConv2D', { kernel_size: [3, 3], groups: 2 }))).toThrow(
    'its layer x (DepthwiseConv2D) has the setting groups: 2, which is not known',
  );
  expect(() => read(one('MaxPooling2D', { pool_size: [2, 2], ceil_mode: true }))).toThrow(
    'its layer x (MaxPooling2D) has the setting ceil_mode: true',
  );
});

test("dialects come out as Keras 3's", () => {
  const policy = { class_name: 'DTypePolicy', config: { name: 'mixed_float16' } };
  expect(find(one('Conv2D', { ...conv, dtype: policy }), 'x').config.dtype).toBe('mixed_float16');
  expect(find(one('BatchNormalization', { axis: [3] }), 'x').config.axis).toBe(3);
  expect(find(one('LeakyReLU', { alpha: 0.1 }), 'x').config).toEqual({ negative_slope: 0.1 });
  expect(find(one('Dense', { units: 2, activation: null }), 'x').config.activation).toBe('linear');
  expect(find(one('Dense', { units: 2, activation: 'hard_sigmoid' }), 'x', '3.15.1').config.activation).toBe(
    'hard_sigmoid',
  );
  for (const version of ['2.15.0', 'tfjs-layers 4.22.0']) {
    const found = find(one('Activation', { activation: 'hard_sigmoid' }), 'x', version);
    expect(found.config.activation).toBe('keras_2_hard_sigmoid');
  }
  const leaky = { class_name: 'LeakyReLU', config: { name: 'l', alpha: 0.3 } };
  expect(find(one('Dense', { units: 2, activation: leaky }), 'x').config.activation).toEqual({
    class_name: 'LeakyReLU',
    config: { negative_slope: 0.3 },
  });
  expect(find(one('Conv2D', conv), 'in').config).toEqual({ batch_shape: [null, 8, 8, 3] });
});

const custom = { class_name: 'PatchEncoder', module: 'builtins', registered_name: 'beit>PatchEncoder' };
const ownFunction = { class_name: 'function', config: 'my_swish', registered_name: 'function' };

test.each<[string, object, RegExp]>([
  ['a Lambda', one('Lambda', { function: ['code'] }), /layer x is a Lambda, whose computation is Python code/],
  [
    'a custom class',
    functional('net', [input(), { ...layer('x', 'X', {}, [['in', 0, 0]]), ...custom }], 'x'),
    /layer x is of the class "beit>PatchEncoder", which is not one of Keras's own/,
  ],
  ['a class of an old package', one('beit>Patch', {}), /layer x is of the class "beit>Patch"/],
  [
    'a class of a module',
    functional('net', [input(), { ...layer('x', 'Patch', {}, [['in', 0, 0]]), module: 'my.layers' }], 'x'),
    /of the class "Patch"/,
  ],
  [
    'a function of its own',
    one('Dense', { units: 2, activation: ownFunction }),
    /layer x has the activation "my_swish"/,
  ],
  [
    'channels first',
    one('Conv2D', { ...conv, data_format: 'channels_first' }),
    /layer x \(Conv2D\) takes channels first/,
  ],
  ['a network of its own class', { class_name: 'MyNet', config: {} }, /a network of the class MyNet/],
  [
    'another TensorFlow function',
    one('TFOpLambda', { function: 'math.erf' }),
    /calls the TensorFlow function "math\.erf"/,
  ],
  ['no class', { config: {} }, /class_name of the network: expected text, received nothing/],
  ['no layers', functional('net', [], 'x'), /its network net has no layers/],
  ['layers of null', functional('net', [null as never], 'x'), /layer 0 of net: expected an object/],
  [
    'a layer without a name',
    { class_name: 'Sequential', config: [{ class_name: 'ReLU', config: {} }] },
    /name of a layer/,
  ],
])('a network with %s is refused by name', (_, model, message) => {
  expect(() => read(model)).toThrow(message);
});

test("tf.keras's functions are the operations of Keras 3", () => {
  const model = functional(
    'net',
    [
      input(),
      layer('half', 'TFOpLambda', { function: 'math.truediv' }, [['in', 0, 0, { y: 127.5, name: null }]]),
      layer('both', 'TFOpLambda', { function: '__operators__.add' }, [['half', 0, 0, { y: ['in', 0, 0] }]]),
      layer('cut', 'SlicingOpLambda', { function: '__operators__.getitem' }, [
        ['both', 0, 0, { slice_spec: { class_name: '__tuple__', items: [0, { start: 1, stop: null, step: 2 }] } }],
      ]),
    ],
    'cut',
  );
  expect(find(model, 'half')).toMatchObject({ kind: 'TrueDivide', isOperation: true, config: {} });
  expect(find(model, 'half').calls[0]?.arguments).toEqual([{ input: 0 }, 127.5]);
  expect(find(model, 'both').calls[0]).toMatchObject({
    inputs: [{ layer: 'half' }, { layer: 'in' }],
    arguments: [{ input: 0 }, { input: 1 }],
  });
  const slice = { class_name: '__slice__', config: { start: 1, stop: null, step: 2 } };
  expect(find(model, 'cut').calls[0]?.arguments).toEqual([{ input: 0 }, [0, slice]]);
});

test('Teachable Machine: networks of a Sequential without names, one within the other, their input at the innermost', () => {
  const base = functional('mobile', [input(), layer('conv', 'Conv2D', conv, [['in', 0, 0]])], 'conv');
  const dense = { class_name: 'Dense', config: { name: 'dense', units: 2, batch_input_shape: [null, 4] } };
  const model = {
    class_name: 'Sequential',
    config: [
      { class_name: 'Sequential', config: [{ class_name: 'Model', config: base.config }] },
      { class_name: 'Sequential', config: [dense] },
    ],
  };
  const { layers, outputs } = read(model);
  expect(layers.map(({ address }) => address)).toEqual([
    'sequential_input',
    'sequential/mobile/conv',
    'sequential_1/dense',
  ]);
  expect(layers[0]?.config.batch_shape).toEqual([null, 8, 8, 3]);
  expect(layers[2]?.calls[0]?.inputs).toEqual([{ layer: 'sequential/mobile/conv', call: 0, output: 0 }]);
  expect(outputs).toEqual([{ layer: 'sequential_1/dense', call: 0, output: 0 }]);
});
