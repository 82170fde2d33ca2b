#!/usr/bin/env bash
# Measures the core with the eight-strip profile on an ATmega328P: at most 10,000 bytes of flash and 600 of RAM (without the stack).
# The least sketch around it is measured with it; a descriptor adds its own length to the flash. The flags are those of the example firmware (avr.flags).
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v avr-gcc >/dev/null; then
  echo 'no avr-gcc (Debian: gcc-avr avr-libc): the size of the core was not measured'
  exit 0
fi
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
strict='-std=c99 -Wall -Wextra -pedantic -Werror'
for compiler in cc clang; do
  command -v "$compiler" >/dev/null && for profile in '' '-DLT_HID=1' '-DLT_FADERS=0 -DLT_ENCODERS=0 -DLT_BUTTONS=0' '-DLT_FADERS=33 -DLT_BUTTONS=240 -DLT_MTU=250 -DLT_CREDITS=4'; do
    $compiler $strict -O2 $profile -c longthrow.c -o "$made/host.o"
  done
done
avr-gcc $(cat avr.flags) -pedantic -mmcu=atmega328p size-profile.c longthrow.c -o "$made/core.elf"
read -r text data bss _ < <(avr-size "$made/core.elf" | tail -n 1)
flash=$((text + data))
ram=$((data + bss))
echo "core: flash $flash of 10000 bytes, static RAM $ram of 600 bytes (ATmega328P, 8 faders, 8 encoders, 16 buttons, MTU 64)"
((flash <= 10000 && ram <= 600))
