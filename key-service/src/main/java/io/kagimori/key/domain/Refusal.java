package io.kagimori.key.domain;

import java.util.Map;

/**
 * A refusal: a stable code, what Windows would print, and the figures. Codes are never reused.
 *
 * @param reason stable code
 * @param code HRESULT
 * @param detail figures and names; may be empty
 */
public record Refusal(String reason, String code, Map<String, Object> detail) {

  /** The key is not valid here. Source: error_codes.csv, SL_E_INVALID_PRODUCT_KEY. */
  static final String INVALID_PRODUCT_KEY = "0xC004F050";

  /** No such product or edition. Source: error_codes.csv, SL_E_MISMATCHED_PRODUCT_SKU. */
  static final String MISMATCHED_PRODUCT = "0xC004F069";

  /** The key is blocked. Source: error_codes.csv, SL_E_CHPA_PRODUCT_KEY_BLOCKED. */
  static final String KEY_BLOCKED = "0xC004C003";

  /** The key is used up elsewhere. Source: error_codes.csv, SL_E_CHPA_MAXIMUM_UNLOCK_EXCEEDED. */
  static final String MAXIMUM_UNLOCK_EXCEEDED = "0xC004C008";

  /** The MAK has no activation left. Source: error_codes.csv, SL_E_CHPA_DMAK_LIMIT_EXCEEDED. */
  static final String MAK_LIMIT_EXCEEDED = "0xC004C020";

  /** No key at all. Source: error_codes.csv, SL_E_PKEY_NOT_INSTALLED. */
  static final String KEY_NOT_INSTALLED = "0xC004F014";

  static Refusal of(String reason, String code) {
    return new Refusal(reason, code, Map.of());
  }
}
