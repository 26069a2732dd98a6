package io.kagimori.contracts.event;

/**
 * What a product key is: a MAK, an add-on MAK for one ESU year, a KMS host key, a retail or OEM
 * key, or a published KMS client setup key.
 */
public enum KeyKind {
  MAK,
  ESU_MAK,
  CSVLK,
  RETAIL,
  OEM,
  SETUP
}
