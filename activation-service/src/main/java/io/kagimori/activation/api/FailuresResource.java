package io.kagimori.activation.api;

import io.kagimori.activation.store.DeviceFacetEntity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.Cause;
import io.kagimori.contracts.catalogue.Language;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What devices fail with now. */
@Path("/failures")
public class FailuresResource {

  /**
   * Devices that fail alike.
   *
   * @param reason stable code of the failures; {@code GET /devices?reason=} lists the devices
   * @param cause the most likely cause; absent where none is known
   * @param title the cause in words
   * @param code what Windows printed
   * @param devices how many devices
   * @param since the first of them
   */
  public record FailingView(
      String reason, String cause, String title, String code, long devices, Instant since) {}

  /**
   * Failures, those of most devices first.
   *
   * @param items the groups
   */
  public record Failures(List<FailingView> items) {}

  /**
   * What devices fail with, the failures of most devices first.
   *
   * @param lang {@code en} or {@code ja}
   */
  @GET
  public Failures list(
      @QueryParam("lang") @DefaultValue("en") String lang,
      @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit) {
    Language language = Language.of(lang);
    return new Failures(
        DeviceFacetEntity.failures(limit).stream().map(group -> view(group, language)).toList());
  }

  private static FailingView view(DeviceFacetEntity.Failing group, Language language) {
    Optional<Cause> cause =
        Optional.ofNullable(group.cause()).flatMap(Catalogue.get().causes()::find);
    return new FailingView(
        group.reason(),
        group.cause(),
        cause.map(c -> c.title(language)).orElse(null),
        group.code(),
        group.devices(),
        group.since());
  }
}
