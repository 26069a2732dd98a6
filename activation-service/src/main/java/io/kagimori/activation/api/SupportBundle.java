package io.kagimori.activation.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kagimori.activation.domain.Activation;
import io.kagimori.activation.domain.Device;
import io.kagimori.activation.domain.DeviceHistory;
import io.kagimori.activation.domain.Trouble;
import io.kagimori.activation.store.KeyFactEntity;
import io.kagimori.activation.store.KmsHostEntity;
import io.kagimori.contracts.KeysInText;
import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.ErrorCode;
import io.kagimori.contracts.catalogue.Language;
import io.kagimori.contracts.cloudevents.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The evidence on a device as one archive for a vendor's ticket: licenses, errors, timeline,
 * environment, diagnosis. Every file passes the one gate that masks product keys, and confirmation
 * IDs are left out: whoever holds one can activate that hardware.
 */
final class SupportBundle {
  private static final List<String> LEFT_OUT = List.of("confirmationId");

  private final Map<String, String> files = new LinkedHashMap<>();
  private final Dossier dossier;
  private final Instant now;

  private SupportBundle(Dossier dossier, Instant now) {
    this.dossier = dossier;
    this.now = now;
  }

  static byte[] of(Dossier dossier, List<DeviceHistory> timeline, Instant now) {
    SupportBundle bundle = new SupportBundle(dossier, now);
    bundle.gather(timeline);
    return bundle.archive();
  }

  private void gather(List<DeviceHistory> timeline) {
    Device device = dossier.device();
    DeviceView view = DeviceView.of(device, null, now);
    DiagnosisView english = DiagnosisView.of(device, dossier.evidence(), Language.EN, now);
    DiagnosisView japanese = DiagnosisView.of(device, dossier.evidence(), Language.JA, now);
    files.put("summary-en.txt", SupportSummary.text(view, english, Language.EN, now));
    files.put("summary-ja.txt", SupportSummary.text(view, japanese, Language.JA, now));
    put("licenses.json", licenses(view));
    put("errors.json", errors(device));
    put("timeline.json", timeline);
    put("environment.json", environment(view));
    put("diagnosis-en.json", english);
    put("diagnosis-ja.json", japanese);
    put("checklist.json", ChecklistView.of(dossier, Language.EN, now));
    dossier
        .activation()
        .map(Activation::result)
        .ifPresent(result -> put("activation.json", result));
  }

  private static Map<String, Object> licenses(DeviceView view) {
    Map<String, Object> licenses = new LinkedHashMap<>();
    licenses.put("channel", view.channel());
    licenses.put("licenseStatus", view.licenseStatus());
    licenses.put("licenseStatusName", view.licenseStatusName());
    licenses.put("statusReason", view.statusReason());
    licenses.put("partialKey", view.partialKey());
    licenses.put("expiry", view.expiry());
    licenses.put("rearmCount", view.rearmCount());
    licenses.put("licenses", view.licenses());
    licenses.put("evidence", view.evidence());
    licenses.put("conflicts", view.conflicts());
    licenses.values().removeIf(value -> value == null);
    return licenses;
  }

  private static List<Map<String, Object>> errors(Device device) {
    Trouble trouble = device.trouble();
    return trouble == null
        ? List.of()
        : trouble.failures().stream().map(SupportBundle::error).toList();
  }

  private static Map<String, Object> error(Trouble.Failure failure) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("at", failure.at());
    error.put("requestId", failure.requestId());
    error.put("reason", failure.reason());
    error.put("code", failure.code());
    error.put("cause", failure.cause());
    Optional<ErrorCode> code =
        Optional.ofNullable(failure.code()).map(Catalogue.get().errorCodes()::resolve);
    error.put("known", code.map(ErrorCode::known).orElse(null));
    error.values().removeIf(value -> value == null);
    return error;
  }

  private Map<String, Object> environment(DeviceView view) {
    Device device = dossier.device();
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("product", view.product());
    environment.put("edition", view.edition());
    environment.put("osBuild", view.osBuild());
    environment.put("site", view.site());
    environment.put("imageId", view.imageId());
    environment.put("deployment", view.deployment());
    environment.put("lastReportAt", view.lastReportAt());
    environment.put("probes", device.evidence().probes());
    environment.put("updates", device.evidence().updates());
    environment.put("kms", view.kms());
    if (device.kms() != null && device.kms().host() != null) {
      environment.put("kmsHost", KmsHostEntity.named(device.kms().host()).orElse(null));
    }
    if (view.keyId() != null) {
      environment.put("key", KeyFactEntity.named(view.keyId()).orElse(null));
    }
    environment.values().removeIf(value -> value == null);
    return environment;
  }

  private void put(String name, Object content) {
    JsonNode tree = EventJson.mapper().valueToTree(content);
    leaveOut(tree);
    try {
      files.put(
          name,
          EventJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(name + " cannot be written", e);
    }
  }

  private static void leaveOut(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(LEFT_OUT);
    }
    node.forEach(SupportBundle::leaveOut);
  }

  private byte[] archive() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(now.toEpochMilli());
        zip.putNextEntry(entry);
        zip.write(KeysInText.masked(file.getValue()).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
