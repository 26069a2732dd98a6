package io.kagimori.stream.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;

/** Refuses addresses with a NUL character: nothing that is stored has one, and PostgreSQL fails. */
@Provider
public class NoNulCharacters implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    if (hasNul(request.getUriInfo().getPath())) {
      refuse(request, "path");
    }
    MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
    query.forEach(
        (name, values) -> {
          if (values.stream().anyMatch(NoNulCharacters::hasNul)) {
            refuse(request, name);
          }
        });
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  private static void refuse(ContainerRequestContext request, String field) {
    request.abortWith(
        Problem.of(400, "INVALID_FIELD", field, "It has a NUL character.").response());
  }
}
