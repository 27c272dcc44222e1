export { CnnvizError, type ErrorCode } from './errors.js';
export { type DoctorReport, doctor } from './workflows/doctor.js';
export { type SetupOptions, type SetupResult, setup } from './workflows/setup.js';
