package io.kagimori.key.api;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.event.AgreementProgram;
import io.kagimori.contracts.event.AgreementRegistrationRequested;
import io.kagimori.contracts.event.AgreementState;
import io.kagimori.contracts.event.EventType;
import io.kagimori.key.store.AgreementEntity;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import io.kagimori.stream.api.RequestDesk;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
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

/** Volume-licensing agreements. */
@Path("/agreements")
public class AgreementsResource {
  private final RequestDesk desk;
  private final Replies replies;

  AgreementsResource(RequestDesk desk, Replies replies) {
    this.desk = desk;
    this.replies = replies;
  }

  /**
   * An agreement to register.
   *
   * @param agreementId number or name
   * @param program program
   * @param windowsOrders Windows licenses ordered; 0 when absent
   * @param validFrom start
   * @param validTo end
   * @param portalKeys last five characters of the keys its portal lists
   */
  public record NewAgreement(
      @NotBlank @Size(max = 128) String agreementId,
      @NotNull AgreementProgram program,
      @PositiveOrZero Long windowsOrders,
      Instant validFrom,
      Instant validTo,
      List<@NotNull @Size(min = 5, max = 5) String> portalKeys) {}

  /** Registers an agreement. */
  @POST
  public Response register(
      @Valid @NotNull NewAgreement agreement,
      @HeaderParam("Idempotency-Key") String idempotencyKey,
      @HeaderParam("Prefer") String prefer) {
    if (agreement.validFrom() != null
        && agreement.validTo() != null
        && agreement.validTo().isBefore(agreement.validFrom())) {
      throw Problem.of(400, "INVALID_FIELD", "validTo", "It must not be before validFrom.")
          .exception();
    }
    UUID requestId = desk.requestId(idempotencyKey);
    desk.submit(
        requestId,
        EventType.AGREEMENT_REGISTRATION_REQUESTED,
        new AgreementRegistrationRequested(
            agreement.agreementId(),
            agreement.program(),
            agreement.windowsOrders(),
            agreement.validFrom(),
            agreement.validTo(),
            agreement.portalKeys()));
    Optional<List<Answer>> answers = desk.await(requestId, desk.preferredWait(prefer));
    String id = agreement.agreementId();
    return replies.of(requestId, "agreements/" + id, answers, () -> found(id));
  }

  /** Agreements in the order of their ids. */
  @GET
  public Page<AgreementState> list(
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    List<AgreementState> rows =
        AgreementEntity.after(after, limit + 1).stream().map(AgreementEntity::state).toList();
    return Page.of(rows, limit, AgreementState::agreementId);
  }

  /** One agreement. */
  @GET
  @Path("/{agreementId}")
  public AgreementState show(String agreementId) {
    return found(agreementId);
  }

  private static AgreementState found(String agreementId) {
    return AgreementEntity.named(agreementId)
        .map(AgreementEntity::state)
        .orElseThrow(
            () ->
                Problem.of(404, "AGREEMENT_UNKNOWN", "agreementId", "No agreement of that id.")
                    .exception());
  }
}
