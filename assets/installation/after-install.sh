#!/bin/sh
# After the files of the deb or rpm are there: the command on the PATH, the sandbox, the kinds of files.
set -e
folder='/opt/${sanitizedProductName}'
ln -sf "$folder/resources/bin/${executable}" '/usr/bin/${executable}'
# Pages run in user namespaces; where the system has none for ordinary users, in the sandbox that is set up by root.
if [ -L /proc/self/ns/user ] && unshare --user true 2>/dev/null && [ "$(cat /proc/sys/kernel/unprivileged_userns_clone 2>/dev/null || echo 1)" = 1 ]; then
  chmod 755 "$folder/chrome-sandbox"
else
  chmod 4755 "$folder/chrome-sandbox"
fi
# Ubuntu 24 and newer give user namespaces only to programs with a profile.
if [ -d /etc/apparmor.d ] && apparmor_parser --skip-kernel-load "$folder/resources/apparmor-profile" >/dev/null 2>&1; then
  cp "$folder/resources/apparmor-profile" '/etc/apparmor.d/${executable}'
  apparmor_parser --replace '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
fi
if command -v update-mime-database >/dev/null; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null; then update-desktop-database /usr/share/applications || true; fi
exit 0
