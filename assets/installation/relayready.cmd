@echo off
rem The command of an installation on Windows. A batch file waits for the program, whose output goes to this console.
"%~dp0..\..\RelayReady.exe" -- %*
exit /b %ERRORLEVEL%
