#!/bin/sh
# After the files of the deb or rpm are gone: what the installation had put elsewhere goes, too. Nobody's data folder is touched.
root=${DPKG_ROOT-}
# An update removes the older version when the newer one is there: nothing to do then.
case "${1-}" in upgrade | 1) exit 0 ;; esac
link="$root/usr/bin/${executable}"
if [ -L "$link" ] && [ ! -e "$link" ]; then rm -f "$link"; fi
[ -z "$root" ] || exit 0
if [ -f '/etc/apparmor.d/${executable}' ]; then
  apparmor_parser --remove '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
  rm -f '/etc/apparmor.d/${executable}'
fi
if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database /usr/share/applications || true; fi
exit 0
