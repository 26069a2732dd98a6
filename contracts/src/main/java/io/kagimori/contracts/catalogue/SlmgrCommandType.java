package io.kagimori.contracts.catalogue;

/** What a licensing command does; one constant for every option and related command. */
public enum SlmgrCommandType {
  GENERAL("(general)"),
  HELP("/?"),
  INSTALL_KEY("/ipk"),
  ACTIVATE("/ato"),
  DISPLAY_LICENSE("/dli"),
  DISPLAY_LICENSE_DETAILS("/dlv"),
  DISPLAY_EXPIRY("/xpr"),
  CLEAR_KEY_FROM_REGISTRY("/cpky"),
  INSTALL_LICENSE_FILE("/ilc"),
  REINSTALL_LICENSE_FILES("/rilc"),
  REARM("/rearm"),
  REARM_APPLICATION("/rearm-app"),
  REARM_SKU("/rearm-sku"),
  UNINSTALL_KEY("/upk"),
  DISPLAY_INSTALLATION_ID("/dti"),
  ACTIVATE_BY_CONFIRMATION_ID("/atp"),
  SET_KMS_HOST("/skms"),
  SET_KMS_DOMAIN("/skms-domain"),
  CLEAR_KMS_HOST("/ckms"),
  ENABLE_HOST_CACHING("/skhc"),
  DISABLE_HOST_CACHING("/ckhc"),
  SET_ACTIVATION_TYPE("/act-type"),
  SET_ACTIVATION_INTERVAL("/sai"),
  SET_RENEWAL_INTERVAL("/sri"),
  SET_LISTENING_PORT("/sprt"),
  ENABLE_DNS_PUBLISHING("/sdns"),
  DISABLE_DNS_PUBLISHING("/cdns"),
  SET_NORMAL_PRIORITY("/spri"),
  SET_LOW_PRIORITY("/cpri"),
  LIST_ISSUANCE_LICENSES("/lil"),
  REMOVE_ISSUANCE_LICENSE("/ril"),
  ENABLE_TOKEN_ONLY("/stao"),
  DISABLE_TOKEN_ONLY("/ctao"),
  LIST_TOKEN_CERTIFICATES("/ltc"),
  FORCE_TOKEN_ACTIVATION("/fta"),
  AD_ACTIVATE_ONLINE("/ad-activation-online"),
  AD_DISPLAY_INSTALLATION_ID("/ad-activation-get-iid"),
  AD_APPLY_CONFIRMATION_ID("/ad-activation-apply-cid"),
  AD_NAME_OBJECT("/name"),
  AD_LIST_OBJECTS("/ao-list"),
  AD_DELETE_OBJECT("/del-ao"),
  PHONE_WIZARD("slui 4"),
  SHOW_ERROR_TEXT("slui 0x2a"),
  CHANGE_PRODUCT_KEY("changepk"),
  RESTART_LICENSING_SERVICE("net stop sppsvc"),
  VOLUME_ACTIVATION_TOOLS("vmw.exe"),
  LOOK_UP_SRV_RECORD("nslookup"),
  DISM_CURRENT_EDITION("DISM current edition"),
  DISM_TARGET_EDITIONS("DISM target editions"),
  DISM_SET_EDITION("DISM set edition");

  private final String option;

  SlmgrCommandType(String option) {
    this.option = option;
  }

  /** The option as slmgr_commands.csv spells it. */
  public String option() {
    return option;
  }
}
