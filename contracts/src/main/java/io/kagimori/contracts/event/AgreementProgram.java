package io.kagimori.contracts.event;

/** Under which program an organisation licenses in volume. */
public enum AgreementProgram {
  OPEN_VALUE,
  EA,
  EAS,
  MPSA,
  CSP,
  OTHER
}
