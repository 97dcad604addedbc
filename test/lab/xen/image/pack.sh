#!/bin/sh
# pack.sh ROOT: the root as a file system, ROOT/dom0.img.zst. Beside mmdebstrap's mounts, which a bind mount leaves out.
set -eu
bare=$1.bare
image=$1.img
trap 'rm -f "$image"; umount "$bare"; rmdir "$bare"' EXIT
mkdir "$bare"
mount --bind "$1" "$bare"
truncate -s 4G "$image"
mkfs.ext4 -q -F -L dom0 -O ^has_journal,^metadata_csum -d "$bare" "$image"
# Through a pipe an image would lose its holes.
zstd -q -1 -T0 -o "$1/dom0.img.zst" "$image"
