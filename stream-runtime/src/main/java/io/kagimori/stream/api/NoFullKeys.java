package io.kagimori.stream.api;

import io.kagimori.contracts.KeysInText;
import io.kagimori.contracts.cloudevents.EventJson;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps full product keys out of every field but the one that seals them: a key typed where its id
 * belongs would otherwise travel on topics and stand in tables. The answer names the field and
 * nothing of the key.
 */
@Provider
public class NoFullKeys implements ContainerRequestFilter, ReaderInterceptor {

  @Override
  public void filter(ContainerRequestContext request) {
    boolean inPath = KeysInText.found(request.getUriInfo().getPath());
    boolean inQuery =
        request.getUriInfo().getQueryParameters().values().stream()
            .flatMap(List::stream)
            .anyMatch(KeysInText::found);
    if (inPath || inQuery) {
      request.abortWith(refused(inPath ? "path" : "query").response());
    }
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
    if (isJson(body.getMediaType())) {
      byte[] text = body.getInputStream().readAllBytes();
      offending(text)
          .ifPresent(
              field -> {
                throw refused(field).exception();
              });
      body.setInputStream(new ByteArrayInputStream(text));
    }
    return body.proceed();
  }

  private static Optional<String> offending(byte[] text) {
    try {
      return KeysInText.field(EventJson.mapper().readTree(text));
    } catch (IOException e) {
      // Whoever reads the body says what is wrong with it.
      return Optional.empty();
    }
  }

  private static boolean isJson(MediaType type) {
    return type != null
        && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
  }

  private static Problem refused(String field) {
    return Problem.of(
        422,
        KeysInText.FULL_KEY_REFUSED,
        field,
        "It holds a full product key. Name the key by its id or its last five characters.");
  }
}
