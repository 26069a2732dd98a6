package io.kagimori.activation.api;

import io.kagimori.activation.domain.UnknownCodes;
import io.kagimori.activation.store.UnknownCodeEntity;
import io.kagimori.stream.api.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Codes that devices printed and the catalogue does not know. */
@Path("/unknown-codes")
public class UnknownCodesResource {

  /** The codes as they were printed, with how often and where last. */
  @GET
  public Page<UnknownCodes.Seen> list(
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    return Page.of(UnknownCodeEntity.after(after, limit + 1), limit, UnknownCodes.Seen::code);
  }
}
