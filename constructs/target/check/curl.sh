for line do
  shift
  set -- "$@" --header "$line"
done
{
  curl -qgkSs --path-as-is --max-time "$left" -D - -o /dev/null -w '\nsize %{size_download}\n' "$@" "$url" 2>&1
  echo "exit $?"
} | heard
