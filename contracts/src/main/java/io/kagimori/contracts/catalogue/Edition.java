package io.kagimori.contracts.catalogue;

import java.util.Optional;

/**
 * An edition of a product.
 *
 * @param id the EditionID in the spelling of the catalogue, such as {@code ServerStandard}
 * @param displayNameEn the name people see; absent for editions that only edition paths name
 * @param displayNameJa the Japanese name where one is published
 */
public record Edition(String id, Optional<String> displayNameEn, Optional<String> displayNameJa) {}
