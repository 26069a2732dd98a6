package io.kagimori.contracts.event;

/** Which data of Configuration Manager says whether a device is covered. */
public enum EsuImportSource {
  /** The discovery property ESUValue: an activation id, or 0. */
  ESU_VALUE,
  /** A row of the hardware inventory class SoftwareLicensingProduct. */
  LICENSE_PRODUCT
}
