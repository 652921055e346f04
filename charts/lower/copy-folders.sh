# Copies folders of the image into volumes. Arguments: for each folder, its path, and the path of its volume.
# A copy gets its name when it is complete, so that one that was interrupted is made again.
umask 0
while [ $# -gt 0 ]; do
  if [ ! -d "$2/content" ]; then
    rm -rf "$2/partial"
    mkdir "$2/partial" || exit 1
    if [ -d "$1" ]; then
      said=$(LC_ALL=C cp -RPp "$1/." "$2/partial/" 2>&1)
      [ $? -le 1 ] || exit 1
      # A user leaves out what it cannot read, and becomes the owner of what it copies.
      printf "%s\n" "$said" | while IFS= read -r line; do
        case $line in
          "" | *"Permission denied" | *"preserve ownership"*) ;;
          *)
            echo "$line" >&2
            exit 1
            ;;
        esac
      done || exit 1
    fi
    mv "$2/partial" "$2/content" || exit 1
  fi
  shift 2
done
