package io.kagimori.agent.collect;

/**
 * What a text is, recognised from its content and never from its file name. Of a text that is
 * several of them the first in this order is its kind.
 */
public enum Kind {
  /** Detailed license information of one or several products, {@code slmgr /dlv [all]}. */
  SLMGR_DLV,
  /** License information, {@code slmgr /dli}. */
  SLMGR_DLI,
  /** Objects of {@code SoftwareLicensingProduct} and {@code SoftwareLicensingService}. */
  CIM,
  /** Objects of the PowerShell module OSLicense. */
  OSLICENSE,
  /** Office licenses, {@code OSPP.VBS /dstatus}, and the answers of its commands. */
  OSPP,
  /** Products of the Volume Activation Management Tool: export, list or table definition. */
  VAMT,
  /** Rows or queries of a Configuration Manager site database. */
  CONFIGMGR,
  /** Events of the licensing service, as text or XML. */
  EVENT_LOG,
  /** What DISM says of editions. */
  DISM,
  /** Output of {@code systeminfo}. */
  SYSTEMINFO,
  /** Registry keys of the licensing service and of the Windows version. */
  REGISTRY,
  /** Name and state of the licensing service. */
  SERVICE_STATE,
  /** Licensing facts that an Ohai plugin collects. */
  OHAI,
  /** Inventory in the format of FusionInventory, OCS or GLPI. */
  INVENTORY,
  /** License import or export of Snipe-IT. */
  SNIPE_IT,
  /** Metrics of windows_exporter. */
  METRICS,
  /** A list of ESU programs with their activation IDs. */
  ESU_PROGRAMS,
  /** Expiry of the present license state, {@code slmgr /xpr}. */
  SLMGR_XPR,
  /** Short answers of {@code /ato}, {@code /ipk}, {@code /upk}, {@code /rearm} and their errors. */
  SLMGR_MESSAGE,
  /** Nothing that could be read; {@link Collected#reason()} says why. */
  UNKNOWN
}
