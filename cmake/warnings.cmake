# Compiler warnings and sanitizers for every target of ours.

add_library(mithaq_flags INTERFACE)
target_compile_options(mithaq_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
                       -Wnon-virtual-dtor -Woverloaded-virtual)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees overflows in std::string where there are none (GCC bug 105329).
  target_compile_options(mithaq_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
if(MITHAQ_WERROR)
  target_compile_options(mithaq_flags INTERFACE -Werror)
endif()
if(MITHAQ_SANITIZE)
  add_compile_options(-fsanitize=${MITHAQ_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${MITHAQ_SANITIZE})
endif()
if(MITHAQ_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()
