import test from 'ava';
import {explainLoadFailure} from '../../src/transport/shared-library.ts';

test('a missing library is named, with the package of each system', (t) => {
  const found = explainLoadFailure('libasound.so.2: cannot open shared object file: No such file or directory');
  t.is(found?.reason, 'the shared library libasound.so.2 is missing');
  t.is(
    found?.cure,
    'install it: apt install libasound2, dnf install alsa-lib, pacman -S alsa-lib, or zypper install libasound2',
  );
});

for (const library of ['libudev.so.1', 'libusb-1.0.so.0', 'libjack.so.0', 'libstdc++.so.6'])
  test(`${library} has its packages`, (t) => {
    const found = explainLoadFailure(`${library}: cannot open shared object file: No such file or directory`);
    t.regex(found?.cure ?? '', /^install it: apt install \S+, dnf install \S+, pacman -S \S+, or zypper install \S+$/);
  });

test('an unknown library is at least named', (t) => {
  const found = explainLoadFailure('libfoo-2.so.7: cannot open shared object file: No such file or directory');
  t.is(found?.reason, 'the shared library libfoo-2.so.7 is missing');
  t.regex(found?.cure ?? '', /libfoo-2\.so\.7/);
});

test('a C library that is too old is told by its version', (t) => {
  const found = explainLoadFailure("/lib/libc.so.6: version `GLIBC_2.38' not found (required by x.node)");
  t.regex(found?.reason ?? '', /older than GLIBC_2\.38/);
});

test('other complaints are none of the loader', (t) => {
  t.is(explainLoadFailure('Failed to initialise RtMidi'), undefined);
});
