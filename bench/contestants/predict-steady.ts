// Predicts a folder twice and reports the second time: predict-steady FOLDER RUN
import { predict } from '../../src/workflows/predict.js';
import { report, startClock } from './clock.js';

const [folder, model] = process.argv.slice(2) as [string, string];
const predictAll = () => predict({ images: [folder], model, backend: 'native' });
await predictAll();
const read = startClock();
await predictAll();
const { wallMs, cpuMs } = read();
report({ wallS: wallMs / 1e3, cpuS: cpuMs / 1e3 });
