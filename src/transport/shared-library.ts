/** What each package manager calls a shared library that the native packages need. */
interface PackageNames {
  readonly apt: string;
  readonly dnf: string;
  readonly pacman: string;
  readonly zypper: string;
}

const packages: Readonly<Record<string, PackageNames>> = {
  'libasound.so.2': {apt: 'libasound2', dnf: 'alsa-lib', pacman: 'alsa-lib', zypper: 'libasound2'},
  'libudev.so.1': {apt: 'libudev1', dnf: 'systemd-libs', pacman: 'systemd-libs', zypper: 'libudev1'},
  'libusb-1.0.so.0': {apt: 'libusb-1.0-0', dnf: 'libusb1', pacman: 'libusb', zypper: 'libusb-1_0-0'},
  'libjack.so.0': {
    apt: 'libjack-jackd2-0',
    dnf: 'pipewire-jack-audio-connection-kit',
    pacman: 'pipewire-jack',
    zypper: 'libjack0',
  },
  'libstdc++.so.6': {apt: 'libstdc++6', dnf: 'libstdc++', pacman: 'gcc-libs', zypper: 'libstdc++6'},
};

/**
 * Reads the loader's complaint (`ERR_DLOPEN_FAILED`) about a native package: what is missing and what to install.
 * Undefined when the text is none of the loader's.
 */
export function explainLoadFailure(text: string): {readonly reason: string; readonly cure: string} | undefined {
  const library = /(lib[\w.+-]+?\.so(?:\.\d+)*): cannot open shared object file/.exec(text)?.[1];
  if (library !== undefined) {
    const names = packages[library];
    return {
      reason: `the shared library ${library} is missing`,
      cure:
        names === undefined
          ? `install the package of your system that has ${library}`
          : `install it: apt install ${names.apt}, dnf install ${names.dnf}, pacman -S ${names.pacman}, or zypper install ${names.zypper}`,
    };
  }
  const version = /version [`'‘](GLIBC(?:XX)?_[\d.]+)['’] not found/.exec(text)?.[1];
  if (version === undefined) return undefined;
  return {
    reason: `the system's C library is older than ${version}, which this package was built for`,
    cure: 'use a newer release of your system, or build the package here: npm rebuild --build-from-source',
  };
}
