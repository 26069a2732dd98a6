package io.kagimori.esu.domain;

import java.util.List;
import java.util.Optional;

/**
 * Scripts that put a year onto the device they run on: silent, without banner, with an exit code
 * for each way to fail, the key as a placeholder. Meant for a Configuration Manager package that
 * runs hidden; an application would want a detection rule for what the exit code says already.
 */
public final class ScriptText {
  /** Add-on licensed. */
  public static final int DONE = 0;

  /** The key could not be installed; the preparation package may be missing. */
  public static final int NOT_INSTALLED = 10;

  /** The key is installed and the activation failed. */
  public static final int NOT_ACTIVATED = 11;

  /** Everything ran and the add-on is not licensed. */
  public static final int NOT_LICENSED = 12;

  /** The key was not put in for its placeholder. */
  public static final int NO_KEY = 13;

  /** Which language. */
  public enum Format {
    BATCH("bat"),
    POWERSHELL("ps1");

    private final String suffix;

    Format(String suffix) {
      this.suffix = suffix;
    }

    /** Ending of the file. */
    public String suffix() {
      return suffix;
    }
  }

  private ScriptText() {}

  /**
   * The script of a year.
   *
   * @param year the year
   * @param format which language
   * @param keyId names the key in the placeholder; absent: named after the program
   * @return absent where the year has no activation id
   */
  public static Optional<String> of(EsuYear year, Format format, Optional<String> keyId) {
    String key = "{key:" + keyId.orElse(year.program() + "-year" + year.year()) + "}";
    return year.activationId()
        .map(
            id ->
                String.join(
                    "\r\n",
                    format == Format.BATCH ? batch(year, id, key) : powershell(year, id, key)));
  }

  /** How to run it, one line each. */
  public static List<String> advice(Format format) {
    return List.of(
        "distribute as a package (not an application), run hidden, with administrative rights",
        format == Format.BATCH
            ? "command line: cmd.exe /c <file>"
            : "command line: powershell.exe -NoProfile -ExecutionPolicy Bypass -WindowStyle Hidden"
                + " -File <file>",
        "exit codes: %d licensed, %d key not installed, %d not activated, %d not licensed, %d no key"
            .formatted(DONE, NOT_INSTALLED, NOT_ACTIVATED, NOT_LICENSED, NO_KEY));
  }

  /**
   * slmgr ends with the code of its error, which is a negative number: {@code if errorlevel 1}
   * takes that for success, {@code ||} does not.
   */
  private static List<String> batch(EsuYear year, String id, String key) {
    String slmgr = "cscript //Nologo //B \"%windir%\\system32\\slmgr.vbs\" ";
    return List.of(
        "@echo off",
        "rem " + year.label(),
        "setlocal",
        "set \"ESU_KEY=" + key + "\"",
        "set \"ESU_ID=" + id + "\"",
        "if \"%ESU_KEY:~0,1%\"==\"{\" exit /b " + NO_KEY,
        slmgr + "/ipk %ESU_KEY% >nul 2>&1 || exit /b " + NOT_INSTALLED,
        slmgr + "/ato %ESU_ID% >nul 2>&1 || exit /b " + NOT_ACTIVATED,
        "wmic path SoftwareLicensingProduct where \"ID='%ESU_ID%'\" get LicenseStatus /value 2>nul"
            + " | find \"LicenseStatus=1\" >nul || exit /b "
            + NOT_LICENSED,
        "exit /b " + DONE,
        "");
  }

  private static List<String> powershell(EsuYear year, String id, String key) {
    return List.of(
        "# " + year.label(),
        "$ErrorActionPreference = 'SilentlyContinue'",
        "$key = '" + key + "'",
        "$id = '" + id + "'",
        "if ($key.StartsWith('{')) { exit " + NO_KEY + " }",
        "$slmgr = Join-Path $env:windir 'system32\\slmgr.vbs'",
        "& cscript.exe //Nologo //B $slmgr /ipk $key | Out-Null",
        "if ($LASTEXITCODE -ne 0) { exit " + NOT_INSTALLED + " }",
        "& cscript.exe //Nologo //B $slmgr /ato $id | Out-Null",
        "if ($LASTEXITCODE -ne 0) { exit " + NOT_ACTIVATED + " }",
        "$license = Get-WmiObject -Class SoftwareLicensingProduct -Filter \"ID='$id'\"",
        "if ($license.LicenseStatus -ne 1) { exit " + NOT_LICENSED + " }",
        "exit " + DONE,
        "");
  }
}
