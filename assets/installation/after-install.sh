#!/bin/sh
# After the files of the deb or rpm are there: the command on the PATH, the sandbox, the kinds of files.
set -e
root=${DPKG_ROOT-}
folder="$root/opt/${sanitizedProductName}"
mkdir -p "$root/usr/bin"
ln -sf '../../opt/${sanitizedProductName}/resources/bin/${executable}' "$root/usr/bin/${executable}"
# Pages run in user namespaces; where ordinary users have none, in the sandbox that root sets up.
if unshare --user true 2>/dev/null && [ "$(cat /proc/sys/kernel/unprivileged_userns_clone 2>/dev/null || echo 1)" = 1 ]; then
  chmod 755 "$folder/chrome-sandbox"
else
  chmod 4755 "$folder/chrome-sandbox"
fi
# The rest concerns the running system only.
[ -z "$root" ] || exit 0
# Ubuntu 24 and newer give user namespaces only to programs with a profile.
profile="$folder/resources/apparmor-profile"
if [ -d /etc/apparmor.d ] && apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
  cp "$profile" '/etc/apparmor.d/${executable}'
  apparmor_parser --replace '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
fi
if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database /usr/share/applications || true; fi
exit 0
