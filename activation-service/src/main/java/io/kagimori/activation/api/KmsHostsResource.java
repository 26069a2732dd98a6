package io.kagimori.activation.api;

import io.kagimori.activation.domain.KmsHost;
import io.kagimori.activation.domain.KmsRequests;
import io.kagimori.activation.store.KmsHostEntity;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.KmsRules;
import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.contracts.event.KmsHostReported;
import io.kagimori.stream.api.Page;
import io.kagimori.stream.api.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** KMS hosts and their counts. */
@Path("/kms-hosts")
public class KmsHostsResource {

  /**
   * A KMS host.
   *
   * @param host name
   * @param port TCP port; the default where it did not say
   * @param activated whether the host itself is activated; absent while nobody registered it
   * @param state the same as a code: {@code HOST_ACTIVATED}, {@code HOST_NOT_ACTIVATED}, {@code
   *     HOST_UNREGISTERED}
   * @param count distinct clients within the retention, at most the ceiling
   * @param atCeiling whether the count, ours or the host's own, stands for more clients than it
   *     says: a host shows at most twice the requirement
   * @param requiredClients count that a client system demands
   * @param requiredServers count that a server system demands
   * @param reported what the host last said of itself
   * @param reportedAt record time of that
   * @param lastSeenAt record time of the last event that named it
   */
  public record KmsHostView(
      String host,
      int port,
      Boolean activated,
      String state,
      int count,
      boolean atCeiling,
      int requiredClients,
      int requiredServers,
      KmsHostReported reported,
      Instant reportedAt,
      Instant lastSeenAt) {

    static KmsHostView of(KmsHost host, int count, KmsRules rules) {
      Integer port = host.report() == null ? null : host.report().port();
      return new KmsHostView(
          host.host(),
          port == null ? rules.defaultPort() : port,
          host.activated(),
          state(host.activated()),
          count,
          Math.max(count, reported(host)) >= ceiling(rules),
          rules.requiredCount(PlatformKind.CLIENT),
          rules.requiredCount(PlatformKind.SERVER),
          host.report(),
          host.reportedAt(),
          host.lastSeenAt());
    }

    private static int reported(KmsHost host) {
      Integer shown = host.report() == null ? null : host.report().currentCount();
      return shown == null ? 0 : shown;
    }

    private static String state(Boolean activated) {
      if (activated == null) {
        return "HOST_UNREGISTERED";
      }
      return activated ? "HOST_ACTIVATED" : "HOST_NOT_ACTIVATED";
    }
  }

  /** KMS hosts in the order of their names. */
  @GET
  public Page<KmsHostView> list(
      @QueryParam("limit") @DefaultValue(Page.LIMIT_DEFAULT) @Min(1) @Max(Page.LIMIT_MAX) int limit,
      @QueryParam("after") @DefaultValue("") String after) {
    return Page.of(views(KmsHostEntity.after(after, limit + 1)), limit, KmsHostView::host);
  }

  /** One KMS host. */
  @GET
  @Path("/{host}")
  public KmsHostView show(String host) {
    return KmsHostEntity.named(KmsRequests.hostName(host))
        .map(known -> views(List.of(known)).get(0))
        .orElseThrow(
            () ->
                Problem.of(404, "KMS_HOST_UNKNOWN", "host", "No KMS host of that name is known.")
                    .exception());
  }

  private static List<KmsHostView> views(List<KmsHost> hosts) {
    KmsRules rules = Catalogue.get().kmsRules();
    Map<String, Integer> counts =
        KmsHostEntity.counts(
            hosts.stream().map(KmsHost::host).toList(),
            Instant.now().minus(rules.countRetention()),
            ceiling(rules));
    return hosts.stream()
        .map(host -> KmsHostView.of(host, counts.getOrDefault(host.host(), 0), rules))
        .toList();
  }

  private static int ceiling(KmsRules rules) {
    return rules.countCacheFactor() * rules.requiredCount(PlatformKind.CLIENT);
  }
}
