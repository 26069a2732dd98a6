package io.kagimori.edition.domain;

import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.ImageRegistrationRequested;
import java.util.Locale;
import java.util.Set;

/**
 * A registered image.
 *
 * @param request what is known of it
 * @param version grows with every change
 */
public record Image(ImageRegistrationRequested request, long version) {
  /** Portals from which volume media come. Source: seed 001 and the vendor's own names. */
  private static final Set<String> VOLUME_SOURCES =
      Set.of("VLSC", "M365_ADMIN_CENTER", "BUSINESS_CENTER", "VISUAL_STUDIO");

  private static final Set<String> OEM_SOURCES = Set.of("OEM", "OEM_RECOVERY", "RETAIL");

  /** Whether it was made from media that came with a device, whatever it is called. */
  boolean isFromOemMedia() {
    return request.kind() == ImageKind.OEM || OEM_SOURCES.contains(source());
  }

  /** Whether nobody can tell where the media came from. */
  public boolean isSourceUnknown() {
    return !isFromOemMedia() && !VOLUME_SOURCES.contains(source());
  }

  private String source() {
    return request.source() == null ? "" : request.source().strip().toUpperCase(Locale.ROOT);
  }
}
