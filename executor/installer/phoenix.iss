; The installer for Windows, made by Inno Setup 6.3 or later, on Windows or under Wine:
;
;   make windows
;   iscc /DVersion=0.1.0 executor\installer\phoenix.iss
;
; For one user, without an administrator's rights. Settings, journal and log are in
; %LOCALAPPDATA%\phoenix-executor: they outlive an update, and the program's removal.

#ifndef Exe
  #define Exe "..\..\target\x86_64-pc-windows-gnu\windows\phoenix-executor.exe"
#endif
#ifndef Version
  #define Version "0.1.0"
#endif

[Setup]
; Never change it: Windows knows by it that a newer version takes the place of an older one.
AppId={{6A0B3F0C-1B7B-4B57-9C0C-6E0C7A3A8E41}
AppName=Phoenix
AppVersion={#Version}
AppVerName=Phoenix {#Version}
PrivilegesRequired=lowest
DefaultDirName={localappdata}\Programs\Phoenix
DefaultGroupName=Phoenix
DisableProgramGroupPage=yes
DisableDirPage=auto
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
OutputDir=..\..\target\installer
; As the server offers it: docs/operation.md.
OutputBaseFilename=phoenix-executor-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
SetupIconFile=phoenix.ico
UninstallDisplayIcon={app}\phoenix-executor.exe
; A program that trades is ended by the trader, who is told what stays open, and not by a file that
; is to be replaced.
CloseApplications=no
LicenseFile=..\..\LICENSE

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "id"; MessagesFile: "compiler:Default.isl"

[LangOptions]
id.LanguageName=Bahasa Indonesia
id.LanguageID=$0421

[CustomMessages]
en.Autostart=Start Phoenix when I sign in to Windows
id.Autostart=Jalankan Phoenix saat masuk ke Windows
en.Advisor=Expert Advisor for MetaTrader 5
id.Advisor=Expert Advisor untuk MetaTrader 5
en.Start=Start Phoenix
id.Start=Jalankan Phoenix
en.ShowAdvisor=Show the Expert Advisor's files, to copy them into MetaTrader
id.ShowAdvisor=Tampilkan berkas Expert Advisor untuk disalin ke MetaTrader
en.Running=Phoenix is running. Quit it first: right-click its icon beside the clock, then Quit.
id.Running=Phoenix sedang berjalan. Tutup dulu: klik kanan ikonnya di dekat jam, lalu Keluar.

[Tasks]
Name: "autostart"; Description: "{cm:Autostart}"

[Files]
Source: "{#Exe}"; DestDir: "{app}"; Flags: ignoreversion
; As they lie in MetaTrader's own data folder. The compiled one where it was made: with it nobody
; needs MetaEditor.
Source: "..\..\mql5\Experts\Phoenix.mq5"; DestDir: "{app}\MQL5\Experts"; Flags: ignoreversion
Source: "..\..\mql5\Experts\Phoenix.ex5"; DestDir: "{app}\MQL5\Experts"; Flags: ignoreversion skipifsourcedoesntexist
Source: "..\..\mql5\Include\Phoenix\*"; DestDir: "{app}\MQL5\Include\Phoenix"; Flags: ignoreversion
Source: "..\..\LICENSE*"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{group}\Phoenix"; Filename: "{app}\phoenix-executor.exe"
Name: "{group}\{cm:Advisor}"; Filename: "{app}\MQL5"

[Registry]
; The same value that the tray's menu turns on and off.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; ValueName: "Phoenix executor"; ValueData: """{app}\phoenix-executor.exe"""; Flags: uninsdeletevalue; Tasks: autostart
; Whoever turns it on in the menu later: it goes with the program all the same.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: none; ValueName: "Phoenix executor"; Flags: uninsdeletevalue

[Run]
Filename: "{app}\phoenix-executor.exe"; Description: "{cm:Start}"; Flags: nowait postinstall skipifsilent
Filename: "{app}\MQL5"; Description: "{cm:ShowAdvisor}"; Flags: shellexec nowait postinstall skipifsilent

[Code]
// A running program has its lock open (executor/src/alone.rs): then nobody gets it for himself alone.
function IsRunning: Boolean;
var
  Lock: String;
  Stream: TFileStream;
begin
  Result := False;
  Lock := ExpandConstant('{localappdata}\phoenix-executor\executor.lock');
  if FileExists(Lock) then
  try
    Stream := TFileStream.Create(Lock, fmOpenReadWrite or fmShareExclusive);
    Stream.Free;
  except
    Result := True;
  end;
end;

function PrepareToInstall(var NeedsRestart: Boolean): String;
begin
  Result := '';
  if IsRunning then
    Result := CustomMessage('Running');
end;

function InitializeUninstall: Boolean;
begin
  Result := not IsRunning;
  if not Result then
    MsgBox(CustomMessage('Running'), mbError, MB_OK);
end;
