package io.kagimori.contracts.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A code that Windows printed, in one spelling whatever the original was. In JSON it is its text.
 *
 * @param text {@code 0xC004F050} for an HRESULT, {@code 1605} for a DISM exit code, the name for a
 *     message without a number; for a code outside the catalogue exactly what was given
 * @param known whether the catalogue has it
 */
public record ErrorCode(@JsonValue String text, boolean known) {

  /**
   * The code in any spelling: hexadecimal with or without {@code 0x}, signed or unsigned decimal,
   * symbol name, with blanks around it or in full-width characters. Never throws.
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ErrorCode parse(String any) {
    return Catalogue.get().errorCodes().resolve(any);
  }

  @Override
  public String toString() {
    return text;
  }
}
