package io.kagimori.esu.api;

import io.kagimori.contracts.cloudevents.Answer;
import io.kagimori.contracts.cloudevents.EventIds;
import io.kagimori.contracts.event.EventType;
import io.kagimori.esu.domain.EnrolmentRule;
import io.kagimori.esu.store.EsuStore;
import io.kagimori.stream.AnswerPublisher;
import io.kagimori.stream.api.Problem;
import io.kagimori.stream.api.RequestDesk;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Imports: each row becomes a record, so that it can be replayed like everything else. */
@Path("/imports")
public class ImportsResource {
  private static final int CHUNK = 2_000;

  private static final Charset JAPANESE = Charset.forName("windows-31j");

  private final RequestDesk desk;
  private final AnswerPublisher publisher;
  private final EsuStore store;

  ImportsResource(RequestDesk desk, AnswerPublisher publisher, EsuStore store) {
    this.desk = desk;
    this.publisher = publisher;
    this.store = store;
  }

  /**
   * What became of a file.
   *
   * @param requestId the import; each row has an id of its own made from it and its line
   * @param dryRun whether it was only looked at
   * @param rows rows that can be used
   * @param covered those of them that say that a device is covered
   * @param notCovered the others
   * @param errors rows that cannot be used
   */
  public record Report(
      UUID requestId,
      boolean dryRun,
      int rows,
      long covered,
      long notCovered,
      List<ConfigMgrExport.RowError> errors) {}

  /** Imports an export of Configuration Manager. */
  @POST
  @Path("/configmgr")
  @Consumes({"text/csv", MediaType.TEXT_PLAIN, MediaType.APPLICATION_OCTET_STREAM})
  public Response configMgr(
      byte[] body,
      @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
      @HeaderParam("Idempotency-Key") String idempotencyKey) {
    UUID requestId = desk.requestId(idempotencyKey);
    Instant now = Instant.now();
    ConfigMgrExport.Content content = new ConfigMgrExport(store.plan()).read(text(body));
    if (!dryRun) {
      publish(requestId, content.rows(), now);
    }
    long covered =
        content.rows().stream()
            .map(ConfigMgrExport.Row::event)
            .filter(e -> e.activationId() != null)
            .filter(e -> e.licenseStatus() == null || e.licenseStatus() == 1)
            .count();
    return Response.status(dryRun ? Response.Status.OK : Response.Status.ACCEPTED)
        .entity(
            new Report(
                requestId,
                dryRun,
                content.rows().size(),
                covered,
                content.rows().size() - covered,
                content.errors()))
        .header("Idempotency-Key", requestId)
        .build();
  }

  private void publish(UUID requestId, List<ConfigMgrExport.Row> rows, Instant now) {
    try {
      for (int from = 0; from < rows.size(); from += CHUNK) {
        publisher.publish(
            rows.subList(from, Math.min(rows.size(), from + CHUNK)).stream()
                .map(row -> row(requestId, row, now))
                .toList());
      }
    } catch (KafkaException e) {
      throw Problem.of(
              503,
              "BROKER_AWAY",
              null,
              "The import could not be published; repeat it with the same Idempotency-Key.")
          .exception();
    }
  }

  private static ProducerRecord<byte[], byte[]> row(
      UUID requestId, ConfigMgrExport.Row row, Instant now) {
    UUID id = EventIds.answer(requestId, EnrolmentRule.SERVICE, "row/" + row.line());
    return Answer.of(EventType.ESU_COVERAGE_IMPORTED, id, EnrolmentRule.SERVICE, now, row.event())
        .toRecord();
  }

  /**
   * The console saves as UTF-8 or as UTF-16 with a mark in front; Excel in Japanese saves in the
   * code page of the system, and a name misread would be another device.
   */
  private static String text(byte[] body) {
    byte[] bytes = body == null ? new byte[0] : body;
    boolean wide =
        bytes.length >= 2
            && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
    try {
      return (wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8)
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, JAPANESE);
    }
  }
}
