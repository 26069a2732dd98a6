package io.kagimori.activation.domain;

import io.kagimori.contracts.event.ActivationRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The commands an agent carries out, in order. A key appears as <code>{key:keyId}</code>; whoever
 * runs the command puts the key in. Source of the options: slmgr_commands.csv.
 */
final class Runbook {
  /** Stands where a person fills in the confirmation ID that the vendor names. */
  static final String CONFIRMATION_ID = "<confirmation id>";

  private static final String SLMGR = "cscript //Nologo %windir%\\system32\\slmgr.vbs ";
  private static final String PHONE_WIZARD = "slui 4";

  /** Systems whose licensing service is slsvc. Source: kms_rules.csv, host-08. */
  private static final Set<String> SLSVC = Set.of("windows-vista", "windows-server-2008");

  private Runbook() {}

  /**
   * One-time activation over the network.
   *
   * @param keyId the key
   * @param addOn SKU id of an add-on license; null for the base license, whose old key is removed
   *     first. An add-on has its key beside the base key, which must stay.
   */
  static List<String> online(String keyId, String addOn) {
    return oneTime(keyId, addOn, List.of(slmgr("/ato", addOn)));
  }

  /** One-time activation with a confirmation ID that is already known. */
  static List<String> reapply(String keyId, String addOn, String confirmationId) {
    return oneTime(keyId, addOn, List.of(slmgr("/atp " + confirmationId, addOn)));
  }

  /** One-time activation by telephone: read the installation ID out, type the answer in. */
  static List<String> telephone(String keyId, String addOn) {
    return oneTime(
        keyId, addOn, List.of(slmgr("/dti", addOn), slmgr("/atp " + CONFIRMATION_ID, addOn)));
  }

  /** The telephone route for a key that is in place already. */
  static List<String> telephoneInstead() {
    return List.of(PHONE_WIZARD, slmgr("/dti", null), slmgr("/atp " + CONFIRMATION_ID, null));
  }

  private static List<String> oneTime(String keyId, String addOn, List<String> activate) {
    List<String> steps = new ArrayList<>();
    if (addOn == null) {
      steps.add(slmgr("/upk", null));
    }
    steps.add(install(keyId));
    steps.addAll(activate);
    steps.add(slmgr("/dlv", addOn));
    return steps;
  }

  /**
   * Activation by a KMS host.
   *
   * @param keyId the setup key
   * @param registered the host to register, where the device does not find it by itself
   */
  static List<String> kmsClient(String keyId, Optional<String> registered) {
    List<String> steps = new ArrayList<>();
    registered.ifPresent(host -> steps.add(slmgr("/skms " + host, null)));
    steps.add(install(keyId));
    steps.add(slmgr("/ato", null));
    return steps;
  }

  /** Activation of a KMS host itself. */
  static List<String> kmsHost(String keyId, ActivationRoute route, String product) {
    String service = product != null && SLSVC.contains(product) ? "slsvc" : "sppsvc";
    return List.of(
        install(keyId),
        route == ActivationRoute.TELEPHONE ? PHONE_WIZARD : slmgr("/ato", null),
        "net stop " + service + " && net start " + service);
  }

  /** Reset of the grace timers, which needs a restart. */
  static List<String> rearm() {
    return List.of(slmgr("/rearm", null), "shutdown.exe /r /t 60");
  }

  /** Setting the clock by the domain or an NTP server. */
  static List<String> setClock() {
    return List.of("w32tm /query /status /verbose", "w32tm /resync");
  }

  private static String install(String keyId) {
    return slmgr("/ipk {key:" + keyId + "}", null);
  }

  private static String slmgr(String option, String addOn) {
    return SLMGR + (addOn == null ? option : option + " " + addOn);
  }
}
