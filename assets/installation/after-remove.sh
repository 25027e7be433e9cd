#!/bin/sh
# After the files of the deb or rpm are gone: what the installation had put elsewhere goes, too. Nobody's data folder is touched.
# An update removes the older version after the newer one is there: nothing to do then.
case "${1-}" in upgrade | 1) exit 0 ;; esac
if [ -L '/usr/bin/${executable}' ] && [ ! -e '/usr/bin/${executable}' ]; then rm -f '/usr/bin/${executable}'; fi
if [ -f '/etc/apparmor.d/${executable}' ]; then
  apparmor_parser --remove '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
  rm -f '/etc/apparmor.d/${executable}'
fi
if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database /usr/share/applications || true; fi
exit 0
