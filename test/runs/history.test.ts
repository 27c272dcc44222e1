import { expect, test } from 'vitest';
import { appendEpoch } from '../../src/runs/history.js';
import { encodeHistory } from '../../src/runs/history-files.js';

test("a history is a table under Keras's names, with epochs from 1", () => {
  const history = {
    loss: [0.7, 0.5],
    acc: [0.5, 0.75],
    val_loss: [0.6, Number.NaN],
    val_acc: [0.25, 1],
    learning_rate: [1e-4, 1e-5],
  };
  const files = encodeHistory(history, [2.5, 2.25]);
  expect(files['history.csv']).toBe(
    'epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds\n' +
      '1,0.7,0.5,0.6,0.25,0.0001,2.5\n' +
      '2,0.5,0.75,NaN,1,0.00001,2.25\n',
  );
  expect(JSON.parse(files['history.json'])).toEqual([
    { epoch: 1, loss: 0.7, accuracy: 0.5, val_loss: 0.6, val_accuracy: 0.25, learning_rate: 1e-4, seconds: 2.5 },
    { epoch: 2, loss: 0.5, accuracy: 0.75, val_loss: null, val_accuracy: 1, learning_rate: 1e-5, seconds: 2.25 },
  ]);
  expect(Object.keys(JSON.parse(files['history.json'])[0])).toEqual(files['history.csv'].split('\n')[0]?.split(','));
});

test('without validation its columns are missing, and what is not known is left blank', () => {
  const files = encodeHistory({ loss: [0.7], acc: [0.5] }, []);
  expect(files['history.csv']).toBe('epoch,loss,accuracy,seconds\n1,0.7,0.5,\n');
  expect(JSON.parse(files['history.json'])).toEqual([{ epoch: 1, loss: 0.7, accuracy: 0.5, seconds: null }]);
  expect(JSON.parse(encodeHistory({}, [])['history.json'])).toEqual([]);
});

test('a metric that earlier epochs do not have keeps its place', () => {
  const metrics = { loss: 0.5, acc: 1, learning_rate: 1e-4 };
  expect(appendEpoch({ loss: [0.7], acc: [0] }, metrics)).toEqual({
    loss: [0.7, 0.5],
    acc: [0, 1],
    learning_rate: [Number.NaN, 1e-4],
  });
});
