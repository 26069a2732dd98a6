package io.kagimori.edition.domain;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands an agent carries out, in order. A key appears as <code>{key:keyId}</code>; whoever
 * runs the command puts the key in. Source: edition_paths.csv, slmgr_commands.csv.
 */
final class Runbook {
  /** Time for people to save their documents before a restart, in seconds. */
  static final int SAVE_SECONDS = 600;

  private static final int RESTART_SECONDS = 60;
  private static final String FIRST_WITH_DISM = "windows-server-2008-r2";
  private static final String SLMGR = "cscript //Nologo %windir%\\system32\\slmgr.vbs ";

  private Runbook() {}

  static List<String> upgrade(
      UpgradeMethod method, String product, String to, String keyId, boolean reboot) {
    String key = "{key:" + keyId + "}";
    List<String> steps = new ArrayList<>();
    switch (method) {
      case DISM_SET_EDITION -> {
        // The first release with this command knows no license text to accept.
        String eula = product.equals(FIRST_WITH_DISM) ? "" : " /AcceptEula";
        steps.add(
            "DISM /Online /Set-Edition:%s /ProductKey:%s%s /NoRestart".formatted(to, key, eula));
      }
      case CHANGE_KEY -> steps.add("changepk.exe /ProductKey " + key);
      case SETUP_IN_PLACE -> steps.add("setup.exe /auto upgrade /pkey " + key);
      default -> throw new IllegalArgumentException("no command for " + method);
    }
    if (reboot) {
      steps.add(restart(0));
    }
    steps.add("DISM /Online /Get-CurrentEdition");
    return steps;
  }

  /** The restart, with time to save where people are logged on. */
  static String restart(int interactiveUsers) {
    return interactiveUsers > 0
        ? "shutdown.exe /r /t %d /c \"Save your documents\"".formatted(SAVE_SECONDS)
        : "shutdown.exe /r /t " + RESTART_SECONDS;
  }

  /** What follows when the image is on the device. */
  static List<String> reimage(String keyId) {
    return List.of(SLMGR + "/ipk {key:" + keyId + "}", SLMGR + "/ato", SLMGR + "/dlv");
  }
}
