// Fails where the tests ran without native TensorFlow although this machine could have set it up.
import { doctor } from '../dist/index.js';

const { selected, backends, missing, platform, arch } = await doctor();
const native = backends.find(({ name }) => name === 'native');
console.log(selected === 'native' ? `native TensorFlow ${native.version}` : `no native TensorFlow: ${native.reason}`);
if (selected !== 'native' && platform === 'linux' && arch === 'x64') {
  console.log(missing.length > 0 ? `missing: ${missing.map(({ reason }) => reason).join(', ')}` : 'nothing is missing');
  if (missing.length === 0) process.exitCode = 1;
}
