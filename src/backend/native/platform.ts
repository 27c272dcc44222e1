// Whether native TensorFlow can run on this machine.

/** The oldest C library that the official wheel's libraries run on. */
const OLDEST_GLIBC = [2, 27] as const;

/** What decides whether native TensorFlow can run here. */
export interface PlatformFacts {
  platform: string;
  arch: string;
  /** absent with another C library (musl) */
  glibcVersion: string | undefined;
}

/** Takes some ten milliseconds: the C library's version comes out of a diagnostic report. */
export function readPlatform(): PlatformFacts {
  const header = (process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)?.header;
  return { platform: process.platform, arch: process.arch, glibcVersion: header?.glibcVersionRuntime };
}

/** Why native TensorFlow cannot run on such a machine, or undefined where it can. */
export function platformRefusal({ platform, arch, glibcVersion }: PlatformFacts): string | undefined {
  const need = `needs Linux x64 with glibc >= ${OLDEST_GLIBC.join('.')}`;
  if (platform !== 'linux' || arch !== 'x64') return `${need}, this is ${platform} ${arch}`;
  if (glibcVersion === undefined) return `${need}, this system has a different C library`;
  const [major = 0, minor = 0] = glibcVersion.split('.').map(Number);
  const recentEnough = major > OLDEST_GLIBC[0] || (major === OLDEST_GLIBC[0] && minor >= OLDEST_GLIBC[1]);
  return recentEnough ? undefined : `${need}, this system has glibc ${glibcVersion}`;
}
