-- Nobody looks for devices without a site, and a fleet that names none pays for no index.
drop index esu_device_site;
create index esu_device_site on esu_device (site, device_id) where site is not null;
