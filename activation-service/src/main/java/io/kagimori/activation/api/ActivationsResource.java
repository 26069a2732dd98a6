package io.kagimori.activation.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kagimori.activation.domain.Activation;
import io.kagimori.activation.domain.ActivationState;
import io.kagimori.activation.domain.Reasons;
import io.kagimori.activation.domain.RequestIds;
import io.kagimori.activation.domain.StageReport;
import io.kagimori.activation.store.ActivationEntity;
import io.kagimori.contracts.event.ActivationResult;
import io.kagimori.stream.api.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;

/** Activations by the request that asked for them. */
@Path("/activations")
public class ActivationsResource {

  /**
   * An activation.
   *
   * @param result what was answered last
   * @param state where it stands
   * @param stages what the agent reported, oldest first
   */
  public record ActivationView(
      @JsonUnwrapped ActivationResult result, ActivationState state, List<StageReport> stages) {

    static ActivationView of(Activation activation) {
      return new ActivationView(activation.result(), activation.state(), activation.stages());
    }
  }

  /** One activation. */
  @GET
  @Path("/{requestId}")
  public ActivationView show(String requestId) {
    return ActivationEntity.named(RequestIds.of(requestId))
        .map(ActivationView::of)
        .orElseThrow(
            () ->
                Problem.of(
                        404,
                        Reasons.UNKNOWN_REQUEST,
                        "requestId",
                        "No request of that id is known.")
                    .exception());
  }
}
