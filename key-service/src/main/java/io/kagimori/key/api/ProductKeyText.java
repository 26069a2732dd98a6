package io.kagimori.key.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.ProductKeyCheck;
import io.kagimori.stream.api.Problem;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A product key as somebody typed it. It is not written anywhere, whatever prints it. */
@Schema(type = SchemaType.STRING, writeOnly = true)
public final class ProductKeyText {
  private final String text;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  ProductKeyText(String text) {
    this.text = text;
  }

  /** The key, or a problem that names the doubtful positions. */
  ProductKey key() {
    return ProductKey.parse(text)
        .orElseThrow(
            () -> Problem.of(422, "KEY_FORMAT_INVALID", "productKey", findings(text)).exception());
  }

  private static String findings(String text) {
    return ProductKey.check(text).findings().stream()
        .map(ProductKeyText::sentence)
        .collect(Collectors.joining("; "));
  }

  private static String sentence(ProductKeyCheck.Finding finding) {
    String place = finding.position() == null ? "" : " at " + finding.position();
    return finding.code() + place + ": " + finding.suggestion();
  }

  @Override
  public String toString() {
    return "*****";
  }
}
