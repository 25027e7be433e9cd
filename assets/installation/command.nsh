; The command on the PATH of Windows: a small file in the folder that Windows keeps on the PATH for programs of one person.
!macro customInstall
  FileOpen $0 "$LOCALAPPDATA\Microsoft\WindowsApps\relayready.cmd" w
  FileWrite $0 '@"$INSTDIR\resources\bin\relayready.cmd" %*$\r$\n'
  FileClose $0
!macroend

!macro customUnInstall
  Delete "$LOCALAPPDATA\Microsoft\WindowsApps\relayready.cmd"
!macroend
