#!/bin/sh
# Builds the example firmware with gcc-avr and avr-libc (Debian: apt install gcc-avr avr-libc), prints its sizes, and writes hex/*.hex with the hashes of
# their sources. `sh build.sh` renews what is committed; `sh build.sh FOLDER` builds into another folder and leaves that alone.
set -eu
cd "$(dirname "$0")"
out=${1:-hex}
mkdir -p "$out"
core=../core
flags="$(cat "$core/avr.flags") -I$core"
elf=$(mktemp)
trap 'rm -f "$elf"' EXIT

build() { # NAME CHIP PROFILE SOURCES…: prints flash and static memory, keeps the hex unless the name begins with a dash
  name=$1 chip=$2 profile=$3
  shift 3
  avr-gcc -mmcu="$chip" $flags $profile "$@" "$core/longthrow.c" -o "$elf"
  case $name in
    -*) ;;
    *) avr-objcopy -O ihex -j .text -j .data "$elf" "$out/$name-${chip#at}.hex" ;;
  esac
  avr-size -A "$elf" | awk -v name="${name#-} ($chip)" '
    $1 == ".text" {flash += $2} $1 == ".data" {flash += $2; ram += $2} $1 == ".bss" || $1 == ".noinit" {ram += $2}
    END {printf "%-32s flash %5d bytes   static memory %4d bytes\n", name, flash, ram}'
}

one_fader='-DLT_FADERS=1 -DLT_ENCODERS=0 -DLT_BUTTONS=0'
build '-core, 8 strips' atmega328p '' "$core/size-profile.c"
for chip in atmega328p atmega32u4; do
  build desk-8 "$chip" '' desk-8/desk-8.c board/board.c
  build motor-fader "$chip" "$one_fader" motor-fader/motor-fader.c board/board.c
done
{
  echo "# made by $(avr-gcc --version | head -n 1)"
  sha256sum build.sh board/*.[ch] desk-8/*.[ch] motor-fader/*.[ch] "$core"/longthrow.[ch] "$core/avr.flags" | LC_ALL=C sort -k 2
} >"$out/sources.sha256"
