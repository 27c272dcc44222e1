// The machines that TensorFlow ships its libraries for, and whether this is one of them.

import os from 'node:os';

/** A kind of machine that native TensorFlow runs on, and what set-up needs to know of it. */
export interface NativePlatform {
  /** `Linux arm64` */
  name: string;
  /** whether cnnviz was ever run there; elsewhere `auto` takes it only once its numbers agreed with WebAssembly's */
  isTried: boolean;
  /** in the wheel's folder `tensorflow`, and beside the binding */
  libraries: { tensorflow: string; framework: string };
  wheel: {
    package: 'tensorflow_cpu' | 'tensorflow';
    tag: string;
    /** absent where it is not known: then nothing is installed unless somebody names one */
    sha256?: string;
    bytes?: number;
  };
  compiler: 'g++' | 'clang++';
}

const elfLibraries = { tensorflow: 'libtensorflow_cc.so.2', framework: 'libtensorflow_framework.so.2' };

/** By `process.platform` and `process.arch`. */
const PLATFORMS: Readonly<Record<string, NativePlatform>> = {
  'linux x64': {
    name: 'Linux x64',
    isTried: true,
    libraries: elfLibraries,
    wheel: {
      package: 'tensorflow_cpu',
      tag: 'manylinux_2_27_x86_64',
      sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
      bytes: 273_829_956,
    },
    compiler: 'g++',
  },
  // tensorflow_cpu is not made for these two: the wheel that would have CUDA elsewhere has none here.
  'linux arm64': {
    name: 'Linux arm64',
    isTried: false,
    libraries: elfLibraries,
    wheel: { package: 'tensorflow', tag: 'manylinux_2_27_aarch64' },
    compiler: 'g++',
  },
  'darwin arm64': {
    name: 'macOS arm64',
    isTried: false,
    libraries: { tensorflow: 'libtensorflow_cc.2.dylib', framework: 'libtensorflow_framework.2.dylib' },
    wheel: { package: 'tensorflow', tag: 'macosx_12_0_arm64' },
    compiler: 'clang++',
  },
};

/** The oldest C library, and the oldest macOS by its kernel's version, that the official wheels' libraries run on. */
const OLDEST_GLIBC = [2, 27] as const;
const OLDEST_DARWIN = 21; // macOS 12

/** What decides whether native TensorFlow can run here. */
export interface PlatformFacts {
  platform: string;
  arch: string;
  /** absent with another C library (musl) */
  glibcVersion: string | undefined;
  /** of the kernel */
  release: string;
}

/** Takes some ten milliseconds: the C library's version comes out of a diagnostic report. */
export function readPlatform(): PlatformFacts {
  const header = (process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined)?.header;
  const { platform, arch } = process;
  return { platform, arch, glibcVersion: header?.glibcVersionRuntime, release: os.release() };
}

/** What TensorFlow ships for such a machine; undefined where it ships nothing. */
export function findPlatform({ platform, arch }: { platform: string; arch: string }): NativePlatform | undefined {
  return PLATFORMS[`${platform} ${arch}`];
}

/** Whether the wheel with this checksum is one that cnnviz was tried with. */
export function isTriedWheel(sha256: string): boolean {
  return Object.values(PLATFORMS).some(({ isTried, wheel }) => isTried && wheel.sha256 === sha256);
}

/** Why native TensorFlow cannot run on such a machine, or undefined where it can. */
export function platformRefusal(facts: PlatformFacts): string | undefined {
  const need = `needs Linux (x64 or arm64) with glibc >= ${OLDEST_GLIBC.join('.')}, or macOS 12 or newer on arm64`;
  const { platform, arch, glibcVersion } = facts;
  if (findPlatform(facts) === undefined) return `${need}, this is ${platform} ${arch}`;
  if (platform === 'darwin') {
    const kernel = Number.parseInt(facts.release, 10);
    return kernel >= OLDEST_DARWIN ? undefined : `${need}, this is an older macOS (Darwin ${facts.release})`;
  }
  if (glibcVersion === undefined) return `${need}, this system has a different C library`;
  const [major = 0, minor = 0] = glibcVersion.split('.').map(Number);
  const recentEnough = major > OLDEST_GLIBC[0] || (major === OLDEST_GLIBC[0] && minor >= OLDEST_GLIBC[1]);
  return recentEnough ? undefined : `${need}, this system has glibc ${glibcVersion}`;
}
