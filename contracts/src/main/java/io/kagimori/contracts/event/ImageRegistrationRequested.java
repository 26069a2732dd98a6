package io.kagimori.contracts.event;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Somebody registers an image, or changes what is known of it.
 *
 * @param imageId the name the organisation gives it
 * @param product slug of the product family
 * @param edition EditionID
 * @param language language tag such as {@code ja-JP}
 * @param version feature version, such as {@code 24H2}
 * @param kind whether it was made from volume or OEM media
 * @param source the portal or medium it came from, such as {@code VLSC}
 * @param keyId the key paired with it
 * @param maker maker whose recovery medium it is; OEM images only
 * @param model model it was made for; OEM images only
 * @param modified whether it was changed; absent means yes
 */
@RecordBuilder
public record ImageRegistrationRequested(
    String imageId,
    String product,
    String edition,
    String language,
    String version,
    ImageKind kind,
    String source,
    String keyId,
    String maker,
    String model,
    Boolean modified)
    implements Event {

  @Override
  public String recordKey() {
    return imageId;
  }

  @Override
  public String recordKeyField() {
    return "imageId";
  }

  @Override
  public void check(Fields fields) {
    fields
        .text("imageId", imageId, 128)
        .required("product", product)
        .required("edition", edition)
        .required("language", language)
        .required("kind", kind)
        .keyId("keyId", keyId);
  }
}
