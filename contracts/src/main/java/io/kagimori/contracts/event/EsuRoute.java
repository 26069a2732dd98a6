package io.kagimori.contracts.event;

/** How an ESU year gets onto a device. Every route counts as coverage in the same way. */
public enum EsuRoute {
  /** {@code slmgr /ipk} and {@code /ato} on the device, over the network. */
  ONLINE,
  /** {@code slmgr /dti} and {@code /atp} with a confirmation ID read out over the telephone. */
  TELEPHONE,
  /** Proxy activation through the Volume Activation Management Tool. */
  VAMT,
  /** The online script, distributed as a Configuration Manager package. */
  CONFIGMGR,
  /** No key: the platform the device runs on includes the updates. */
  PLATFORM
}
