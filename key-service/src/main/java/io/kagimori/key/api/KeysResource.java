package io.kagimori.key.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kagimori.contracts.ProductKey;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.KeyBlockRequested;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyProduct;
import io.kagimori.contracts.event.KeyRegistrationRequested;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.key.domain.RolloutPlan;
import io.kagimori.key.store.KeySafe;
import io.kagimori.key.store.LedgerEntryEntity;
import io.kagimori.key.store.ProductKeyEntity;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import io.kagimori.stream.api.RequestDesk;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keys and their pools. */
@Path("/keys")
public class KeysResource {
  private final RequestDesk desk;
  private final KeySafe safe;
  private final Replies replies;

  KeysResource(RequestDesk desk, KeySafe safe, Replies replies) {
    this.desk = desk;
    this.safe = safe;
    this.replies = replies;
  }

  /**
   * A key to register.
   *
   * @param keyId the organisation's name for it
   * @param kind MAK, ESU_MAK, CSVLK, RETAIL or OEM
   * @param productKey the key itself; never shown again
   * @param products what it covers
   * @param agreementId the agreement it was bought under
   * @param purchased activations bought; 1 for RETAIL and OEM and 6 hosts for CSVLK when absent
   * @param site site it is bound to
   * @param expiresAt end date
   * @param lowPoolPercent warn below this share
   * @param lowPoolSeats warn below this many seats
   */
  public record NewKey(
      @NotBlank @Size(max = 128) String keyId,
      @NotNull KeyKind kind,
      @NotNull ProductKeyText productKey,
      @NotEmpty List<@NotNull @Valid KeyProduct> products,
      @Size(max = 128) String agreementId,
      @PositiveOrZero Long purchased,
      @Size(max = 128) String site,
      Instant expiresAt,
      @Min(0) @Max(100) Integer lowPoolPercent,
      @PositiveOrZero Long lowPoolSeats) {}

  /**
   * Whether a key is to be blocked.
   *
   * @param blocked true unless said otherwise
   * @param comment why
   */
  public record Block(Boolean blocked, @Size(max = 1000) String comment) {}

  /**
   * A key as operators see it.
   *
   * @param key what is known of it and its pool
   * @param takenByDism whether it can change an edition; a MAK cannot
   */
  public record KeyView(@JsonUnwrapped KeyState key, boolean takenByDism) {
    static KeyView of(KeyState key) {
      return new KeyView(key, key.takenByDism());
    }
  }

  /** Registers a key: seals it first, then asks the stream. */
  @POST
  public Response register(
      @Valid @NotNull NewKey key,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    UUID requestId = desk.requestId(idempotencyKey);
    ProductKey productKey = key.productKey().key();
    if (key.kind() == KeyKind.SETUP
        || Catalogue.get().products().setupKeyByPartial(productKey.partialKey()).stream()
            .anyMatch(published -> published.productKey().equals(productKey))) {
      throw Problem.of(
              422,
              "SETUP_KEY_PUBLISHED",
              "productKey",
              "Published setup keys need no registration.")
          .exception();
    }
    long purchased = purchased(key);
    desk.submit(
        requestId,
        EventType.KEY_REGISTRATION_REQUESTED,
        new KeyRegistrationRequested(
            key.keyId(),
            key.kind(),
            safe.seal(productKey),
            productKey.partialKey(),
            key.products(),
            key.agreementId(),
            purchased,
            key.site(),
            key.expiresAt(),
            key.lowPoolPercent(),
            key.lowPoolSeats()));
    return reply(requestId, key.keyId(), prefer);
  }

  private static long purchased(NewKey key) {
    if (key.purchased() != null) {
      return key.purchased();
    }
    return switch (key.kind()) {
      case RETAIL, OEM -> 1;
      // Hosts one KMS host key may activate; kms_rules.csv, host-01.
      case CSVLK -> 6;
      default ->
          throw Problem.of(400, "INVALID_FIELD", "purchased", "It must be given for this kind.")
              .exception();
    };
  }

  /** Blocks a key, or lifts the block. */
  @POST
  @Path("/{keyId}/block")
  public Response block(
      String keyId,
      @Valid Block block,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    UUID requestId = desk.requestId(idempotencyKey);
    boolean blocked = block == null || block.blocked() == null || block.blocked();
    String comment = block == null ? null : block.comment();
    desk.submit(
        requestId, EventType.KEY_BLOCK_REQUESTED, new KeyBlockRequested(keyId, blocked, comment));
    return reply(requestId, keyId, prefer);
  }

  private Response reply(UUID requestId, String keyId, String prefer) {
    Optional<List<Answer>> answers = desk.await(requestId, desk.preferredWait(prefer));
    return replies.of(requestId, "keys/" + keyId, answers, () -> KeyView.of(found(keyId)));
  }

  /** Keys in the order of their ids. */
  @GET
  public Page<KeyView> list(
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    List<KeyView> rows =
        ProductKeyEntity.after(after, limit + 1).stream()
            .map(ProductKeyEntity::state)
            .map(KeyView::of)
            .toList();
    return Page.of(rows, limit, row -> row.key().keyId());
  }

  /** One key. */
  @GET
  @Path("/{keyId}")
  public KeyView show(String keyId) {
    return KeyView.of(found(keyId));
  }

  /** The ledger of a key, oldest entry first. */
  @GET
  @Path("/{keyId}/ledger")
  public Page<LedgerLine> ledger(
      String keyId,
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("0") long after) {
    found(keyId);
    List<LedgerLine> rows =
        LedgerEntryEntity.after(keyId, after, limit + 1).stream().map(LedgerLine::of).toList();
    return Page.of(rows, limit, line -> Long.toString(line.entryId()));
  }

  /** Whether the pool carries a roll-out of that many activations. */
  @GET
  @Path("/{keyId}/plan")
  public RolloutPlan plan(
      String keyId, @QueryParam("activations") @DefaultValue("1") @Min(0) long activations) {
    return RolloutPlan.of(keyId, activations, found(keyId).available());
  }

  private static KeyState found(String keyId) {
    return ProductKeyEntity.named(keyId)
        .map(ProductKeyEntity::state)
        .orElseThrow(
            () -> Problem.of(404, "KEY_UNKNOWN", "keyId", "No key of that id.").exception());
  }
}
