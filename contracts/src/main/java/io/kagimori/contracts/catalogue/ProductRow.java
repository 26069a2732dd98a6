package io.kagimori.contracts.catalogue;

import io.kagimori.contracts.ProductKey;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A row of products.csv: an edition with its published setup key.
 *
 * @param family name of the product family
 * @param editionId EditionID as DISM prints it; absent where it is not known
 * @param editionConfidence how sure the EditionID is; absent with it
 * @param displayNameEn name in English
 * @param displayNameJa name in Japanese
 * @param platformKind client or server system
 * @param servicing LTSC, LTSB, GAC, SAC, fixed or beta
 * @param osSkuNumber number of the OS SKU
 * @param setupKey the published KMS client setup key
 * @param keyStatus standing of that key
 * @param activationId SKU id where a public document names it
 * @param mainstreamEnd last day of mainstream support or of servicing
 * @param extendedEnd last day of extended support
 * @param notes remarks
 * @param source where the row was read
 */
public record ProductRow(
    String family,
    Optional<String> editionId,
    Optional<Confidence> editionConfidence,
    String displayNameEn,
    Optional<String> displayNameJa,
    PlatformKind platformKind,
    String servicing,
    Optional<Integer> osSkuNumber,
    ProductKey setupKey,
    SetupKey.Status keyStatus,
    Optional<String> activationId,
    Optional<LocalDate> mainstreamEnd,
    Optional<LocalDate> extendedEnd,
    Optional<String> notes,
    String source) {}
